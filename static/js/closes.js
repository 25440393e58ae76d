// Why a socket was closed, and when to come back, as handlers/live/PROTOCOL.md has it.

export const closes = { restart: 1012, overload: 1013, signedOut: 4401, barred: 4403, silent: 4408 };

// final are those after which nobody comes back.
export const final = [1002, 1008, 1009, closes.signedOut, closes.barred];

const soonest = 1_000;
const latest = 30_000;
const spread = 8_000;

// pause is how many milliseconds to wait after so many tries: never the same for two pages.
export function pause(code, reason, tries) {
  if (code === closes.restart) return told(reason);
  if (code === closes.overload) return spread * Math.random();
  if (code === closes.silent) return 0;
  return Math.min(latest, soonest * 2 ** tries) * (0.5 + Math.random() / 2);
}

function told(reason) {
  try {
    return JSON.parse(reason).retry_ms;
  } catch {
    return spread * Math.random();
  }
}
