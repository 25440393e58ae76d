// Times in the reader's zone, in the words of views/when.go: what the server drew for everybody is
// said again here, and what is near is said anew each minute.
import { all } from "./dom.js";

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const minute = 60_000;
const dayLong = 24 * 60 * minute;

function formatIn(zone) {
  const options = { year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  try {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }); // a zone this browser does not know
  }
}

const format = formatIn(document.body.dataset.zone || "UTC");

// parts are what the reader's clock and calendar show at an instant. midnight counts days.
function parts(date) {
  const of = {};
  for (const { type, value } of format.formatToParts(date)) of[type] = value;
  const midnight = Date.UTC(+of.year, +of.month - 1, +of.day);
  return {
    year: +of.year, day: +of.day, clock: `${of.hour}:${of.minute}`, midnight,
    month: months[+of.month - 1], weekday: days[new Date(midnight).getUTCDay()],
  };
}

const short = (month) => (month === "September" ? "Sept" : month.slice(0, 3));
const calendarDays = (at, now) => (now.midnight - at.midnight) / dayLong;
const dayMonth = (at, now) => `${at.day} ${short(at.month)}` + (at.year === now.year ? "" : ` ${at.year}`);

function ago(date, at, now) {
  const age = Date.now() - date;
  if (age < minute) return "now"; // a clock that is a little behind is not told so
  if (age < 60 * minute) return `${Math.floor(age / minute)} min`;
  if (age < dayLong) return `${Math.floor(age / minute / 60)} h`;
  if (age < 7 * dayLong) return `${Math.floor(age / dayLong)} d`;
  return dayMonth(at, now);
}

function stamp(at, now) {
  const past = calendarDays(at, now);
  if (past <= 0) return `Today ${at.clock}`;
  if (past < 7) return `${at.weekday.slice(0, 3)} ${at.clock}`;
  return dayMonth(at, now);
}

// say is an instant in one of the manners that views/when.go names.
export function say(date, how) {
  const at = parts(date);
  const now = parts(new Date());
  switch (how) {
    case "ago": return ago(date, at, now);
    case "stamp": return stamp(at, now);
    case "clock": return at.clock;
    case "month": return `${at.month} ${at.year}`;
    case "moment": return `${at.weekday} ${at.day} ${at.month} ${at.year}, ${at.clock}`;
    case "full": return `${at.day} ${at.month} ${at.year}, ${at.clock}`;
    default: return `${at.day} ${at.month}` + (at.year === now.year ? "" : ` ${at.year}`);
  }
}

// day heads what happened on one day.
export function day(date) {
  const at = parts(date);
  const now = parts(new Date());
  const long = `${at.weekday} ${at.day} ${at.month}`;
  switch (calendarDays(at, now)) {
    case 0: return `Today, ${long}`;
    case 1: return "Yesterday";
  }
  return at.year === now.year ? long : `${long} ${at.year}`;
}

export const sameDay = (a, b) => parts(a).midnight === parts(b).midnight;

export const clock = (date) => parts(date).clock;

// sayAll says every time within root.
export function sayAll(root = document) {
  for (const time of all("time[data-when]", root)) {
    const date = new Date(time.dateTime);
    if (Number.isNaN(date.valueOf())) continue;
    const words = say(date, time.dataset.when);
    if (time.dataset.when === "moment") time.title ||= time.textContent; // as its writer said it
    if (time.textContent !== words) time.textContent = words; // else a log would be read out again
    time.title ||= say(date, "full");
  }
}

const minutely = new Set([() => sayAll()]);

// eachMinute calls act once a minute while the page is looked at.
export const eachMinute = (act) => minutely.add(act);

function tick() {
  if (document.hidden) return;
  for (const act of minutely) act();
}

export function start() {
  tick();
  setInterval(tick, minute);
  document.addEventListener("visibilitychange", tick);
}
