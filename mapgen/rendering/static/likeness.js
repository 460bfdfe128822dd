// How well a name answers what a hurried reader types.

/**
 * Whether two words differ by at most so many letters, added, left out or exchanged.
 * @param {string} a
 * @param {string} b
 * @param {number} most
 */
export function alike(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(a[i - 1] !== b[j - 1]));
    row = next;
  }
  return row[b.length] <= most;
}

/**
 * The rank of an answer: 0 for the name itself, 1 for its beginning, 2 for a part of it, 3 for a name spelled alike,
 * 4 for none.
 * @param {string} query  folded, as the names are
 * @param {string[]} names
 */
export function rankOf(query, names) {
  if (names.includes(query)) return 0;
  if (names.some((name) => name.startsWith(query))) return 1;
  if (names.some((name) => name.includes(query))) return 2;
  const most = query.length < 4 ? 0 : query.length < 7 ? 1 : 2;
  const words = names.flatMap((name) => [name, ...name.split(" ")]);
  return most && words.some((word) => alike(query, word, most)) ? 3 : 4;
}
