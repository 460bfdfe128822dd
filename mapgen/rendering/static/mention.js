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
    this.start = row[column.start];
    /** @type {number} */
    this.end = row[column.end];
    /** @type {Place | null} */
    this.place = places[row[column.place]] || null;
    /** The program's choice. */
    this.first = this.place;
    /** The reader's decision. @type {Change | null} */
    this.decided = null;
    this.metonymic = row[column.metonymic] === 1;
  }

  /** Code point in the source. @returns {number} */
  get point() {
    return this.row[column.point];
  }

  /** Whether the reader has marked it. */
  get missed() {
    return this.number >= raw.mentions.length;
  }

  /** @returns {[number, number]} */
  get excerpt() {
    return [this.row[column.excerptStart], this.row[column.excerptEnd]];
  }

  /** Probability that the place is right. @returns {number} */
  get p() {
    return this.decided?.place ? 1 : this.row[column.p];
  }

  /** @returns {string[]} */
  get reasons() {
    return this.decided?.place ? [] : this.row[column.reasons].map((/** @type {number} */ index) => raw.strings[index]);
  }

  /** Places that it may mean instead. @returns {{place: any, p: number}[]} */
  get rivals() {
    const own = this.row[column.rivals].map((/** @type {[number, number]} */ [index, p]) => ({
      place: raw.rivals[index],
      p,
    }));
    if (this.first && this.first !== this.place) own.unshift({ place: this.first, p: this.row[column.p] });
    return own.filter((/** @type {any} */ one) => one.place.id !== this.place?.id);
  }

  /** Where in the source it stands, in words, or "". @returns {string} */
  get address() {
    return raw.strings[this.row[column.address]] ?? "";
  }

  /**
   * Start and end of the words of its relation, and the type.
   * @returns {[number, number, string] | 0}
   */
  get relation() {
    return this.row[column.relation];
  }

  /** @returns {string} */
  get kind() {
    return this.place ? this.place.kind : this.row[column.kind];
  }
}

/** By number. @type {Mention[]} */
export const numbered = raw.mentions.map(
  (/** @type {any[]} */ row, /** @type {number} */ index) => new Mention(row, index),
);

/** In the order of the text. */
export const mentions = [...numbered];
for (const mention of mentions) mention.place?.mentions.push(mention);

/**
 * The name as it is read: one line, without invisible signs.
 * @param {Mention} mention
 * @returns {string}
 */
export const nameOf = (mention) => mention.row[column.name] || plainName(source.slice(mention.start, mention.end));
