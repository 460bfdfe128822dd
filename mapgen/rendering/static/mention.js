// The mentions of places in the text.

import { places, raw, source } from "./data.js";
import { plainName } from "./fold.js";

/** The position of each column in a mention's row. @type {Record<string, number>} */
const column = Object.fromEntries(
  raw.columns.map((/** @type {string} */ name, /** @type {number} */ index) => [name, index]),
);

/**
 * A mention's row from its values by column.
 * @param {Record<string, any>} values
 * @returns {any[]}
 */
export const mentionRow = (values) => raw.columns.map((/** @type {string} */ name) => values[name]);

/**
 * A name in the text. Rarely used values are read from its row on demand: a long text has many thousands of mentions.
 */
export class Mention {
  /** @param {any[]} row  @param {number} number */
  constructor(row, number) {
    this.row = row;
    this.number = number;
    /** @type {number} */
    this.start = this.value("start");
    /** @type {number} */
    this.end = this.value("end");
    /** @type {Place | null} */
    this.place = places[this.value("place")] || null;
    /** The program's choice. */
    this.first = this.place;
    /** The reader's decision. @type {Change | null} */
    this.decided = null;
    this.metonymic = this.value("metonymic") === 1;
  }

  /** What its row has in a column. @param {string} name */
  value(name) {
    return this.row[column[name]];
  }

  /** Code point in the source. @returns {number} */
  get point() {
    return this.value("point");
  }

  /** Whether the reader has marked it. */
  get missed() {
    return this.number >= raw.mentions.length;
  }

  /** @returns {[number, number]} */
  get excerpt() {
    return [this.value("excerptStart"), this.value("excerptEnd")];
  }

  /** Probability that the place is right. @returns {number} */
  get p() {
    return this.decided?.place ? 1 : this.value("p");
  }

  /** @returns {string[]} */
  get reasons() {
    return this.decided?.place ? [] : this.value("reasons").map((/** @type {number} */ index) => raw.strings[index]);
  }

  /** Places that it may mean instead. @returns {{place: any, p: number}[]} */
  get rivals() {
    const own = this.value("rivals").map((/** @type {[number, number]} */ [index, p]) => ({
      place: raw.rivals[index],
      p,
    }));
    if (this.first && this.first !== this.place) own.unshift({ place: this.first, p: this.value("p") });
    return own.filter((/** @type {any} */ one) => one.place.id !== this.place?.id);
  }

  /** Where in the source it stands, in words, or "". @returns {string} */
  get address() {
    return raw.strings[this.value("address")] ?? "";
  }

  /**
   * Start and end of the words of its relation, and the type.
   * @returns {[number, number, string] | 0}
   */
  get relation() {
    return this.value("relation");
  }

  /** @returns {string} */
  get kind() {
    return this.place ? this.place.kind : this.value("kind");
  }
}

/** By number. @type {Mention[]} */
export const numbered = raw.mentions.map(
  (/** @type {any[]} */ row, /** @type {number} */ index) => new Mention(row, index),
);

/** The mention that is exactly a part of the text. @param {Span} span */
export const mentionOf = ({ start, end }) => numbered.find((one) => one.start === start && one.end === end);

/** In the order of the text. */
export const mentions = [...numbered];
for (const mention of mentions) mention.place?.mentions.push(mention);

/** The name that a part of the text is, in its plain form. @param {number} start  @param {number} end */
export const nameIn = (start, end) => plainName(source.slice(start, end));

/**
 * The name as it is read: one line, without invisible signs.
 * @param {Mention} mention
 * @returns {string}
 */
export const nameOf = (mention) => mention.value("name") || nameIn(mention.start, mention.end);
