// Days since 1970 and their names.

import { raw, words } from "./data.js";

const DAY = 86_400_000;

/** @param {number} day */
const parts = (day) => {
  const date = new Date(day * DAY);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
};

/** @param {number} year  @param {number} month  from 0  @param {number} day */
export const dayOf = (year, month = 0, day = 1) => {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return Math.floor(date.getTime() / DAY);
};

/** @param {number} day */
export const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** @param {string} text */
export const readDay = (text) => {
  const match = /^(-?\d+)-(\d\d)-(\d\d)$/.exec(text);
  return match ? dayOf(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : NaN;
};

/** A date in words; no finer than the page counts, if not told otherwise. @param {number} day  @param {string} [period] */
export function dayInWords(day, period = raw.period) {
  const [year, month, number] = parts(day);
  const name = words.months.split(",")[month].trim();
  if (period === "year" || period === "decade") return String(year);
  const phrase = period === "month" ? words.date_month : number === 1 ? words.date_first : words.date_day;
  return phrase.replace("{day}", String(number)).replace("{month}", name).replace("{year}", String(year));
}

/** The date of a text in words, "" for none. @param {{day: number, known: number}} text */
export const dateInWords = ({ day, known }) => (known ? dayInWords(day, ["", "year", "month", "day"][known]) : "");

/** The date of a text as ISO 8601 has it, shortened to what is known. @param {{day: number, known: number}} text */
export const isoDate = ({ day, known }) => (known ? isoDay(day).slice(0, [0, 4, 7, 10][known]) : "");

/** Units of a histogram: the first day of the unit of a day, by its name. @type {Record<string, (day: number) => number>} */
const UNITS = {
  day: (day) => day,
  week: (day) => day - ((((day + 3) % 7) + 7) % 7),
  month: (day) => dayOf(parts(day)[0], parts(day)[1]),
  quarter: (day) => dayOf(parts(day)[0], 3 * Math.floor(parts(day)[1] / 3)),
  year: (day) => dayOf(parts(day)[0]),
  decade: (day) => dayOf(10 * Math.floor(parts(day)[0] / 10)),
  century: (day) => dayOf(100 * Math.floor(parts(day)[0] / 100)),
};
const LENGTHS = { day: 1, week: 7, month: 30.4, quarter: 91.3, year: 365.25, decade: 3652.5, century: 36525 };

/**
 * The starts of the bars between two days: as fine as `most` bars allow, and no finer than the page counts.
 * @param {number} first  @param {number} last  @param {number} most
 * @returns {number[]}
 */
export function bars(first, last, most) {
  const names = Object.keys(UNITS);
  const finest = names.indexOf(raw.period);
  const unit = names.find((name, at) => at >= finest && (last - first) / /** @type {any} */ (LENGTHS)[name] < most - 1);
  const start = UNITS[unit || "century"];
  const found = [start(first)];
  for (let day = first; day <= last;) {
    day = Math.max(day + 1, found[found.length - 1] + Math.floor(/** @type {any} */ (LENGTHS)[unit || "century"]));
    if (start(day) > found[found.length - 1]) found.push(start(day));
  }
  return found.filter((day) => day <= last);
}
