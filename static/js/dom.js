// Elements, glyphs, and the one place where a page makes HTML.

// What our own server drew and cleaned is the only text that ever becomes HTML here.
const policy = window.trustedTypes?.createPolicy("guildhall", { createHTML: (html) => html });
const trusted = (html) => (policy ? policy.createHTML(html) : html);

const svgSpace = "http://www.w3.org/2000/svg";
const glyphs = new URL("../icons.svg", import.meta.url).pathname;
const drawings = new URL("../art.svg", import.meta.url).pathname;

export const me = document.body.dataset.member ?? "";
export const myHandle = document.body.dataset.handle ?? "";

export const find = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// fragment is what the live line brought, as nodes.
export function fragment(html) {
  const holder = document.createElement("template");
  holder.innerHTML = trusted(html);
  return document.importNode(holder.content, true);
}

// page is a whole page that was fetched.
export const page = (html) => new DOMParser().parseFromString(trusted(html), "text/html");

// el makes an element. A function among the attributes listens to the event of its name; null and
// false leave an attribute out.
export function el(name, attributes = {}, ...children) {
  return dress(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return dress(document.createElementNS(svgSpace, name), attributes, children);
}

function dress(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, "");
    else if (value != null && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child || child === 0));
  return node;
}

const use = (file, symbol) => svg("use", { href: `${file}#i-${symbol}` });

// icon draws a glyph of our own set.
export const icon = (name) => svg("svg", { class: "i", "aria-hidden": "true" }, use(glyphs, name));

// glyph is the use of one within a drawing.
export const glyph = (name) => use(glyphs, name);

// art is the use of one of the club's drawings.
export const art = (name) => use(drawings, `art-${name}`);

// button does something here and now.
export function button(kind, text, act, extra = {}) {
  return el("button", { type: "button", class: kind, click: act, ...extra }, text);
}

// debounce waits until nothing was asked for during ms.
export function debounce(ms, act) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...args), ms);
  };
}

// kept reads and writes what a browser keeps for us; where it keeps nothing, neither fails.
export const kept = {
  get(store, key) {
    try {
      return JSON.parse(store().getItem(key));
    } catch {
      return null;
    }
  },
  set(store, key, value) {
    try {
      if (value == null) store().removeItem(key);
      else store().setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
};

export const here = () => window.localStorage;
export const thisTab = () => window.sessionStorage;
