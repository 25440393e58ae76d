// Numbers and names as pages write them.

export const number = (n) => Math.round(n).toLocaleString("en-GB").replace("-", "−");

export const signed = (n) => (n > 0 ? "+" : "") + number(n);

export const plural = (n, one, many) => `${number(n)} ${n === 1 ? one : many}`;

export const upTo = (n, most) => (n > most ? `${number(most)}+` : number(n));

// first is the name by which somebody is spoken to.
export const first = (name) => name.trim().split(" ", 1)[0];

// names lists a few people in a sentence: "Hana, Kofi and June".
export function names(list) {
  if (list.length < 2) return list.join("");
  return `${list.slice(0, -1).join(", ")} and ${list.at(-1)}`;
}

// initials are the letters of a shield without a picture.
export function initials(name) {
  const parts = name.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
  if (parts.length === 0) return "?";
  const letters = [...parts[0]][0] + (parts.length > 1 ? [...parts.at(-1)][0] : "");
  return letters.toUpperCase();
}
