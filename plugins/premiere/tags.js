// @ts-check
"use strict";
// Premiere's markers have no field for a program's data, so our ids stand in the comment: the last line, behind a word
// that nobody writes by chance. What a person writes above it stays theirs.

const WORD = "secondunit ";

/** @typedef {{shot: string, take: number, project: string}} Tag which take a clip is, and where its project lies */
/** @typedef {{cue: string, shot: string, take: number}} CueTag which cue of which take a marker is */

/** A comment with a tag as its last line. @param {string} text @param {Tag | CueTag} tag */
function withTag(text, tag) {
  return `${text.trim()}\n${WORD}${JSON.stringify(tag)}`.trim();
}

/** The tag in a comment, null where there is none or where somebody has damaged it. @param {string} comment @returns {Record<string, unknown> | null} */
function tagIn(comment) {
  const line = comment.split(/\r?\n|\r/).reverse().find((each) => each.startsWith(WORD));
  if (!line) return null;
  try {
    const found = JSON.parse(line.slice(WORD.length));
    return found && typeof found === "object" && !Array.isArray(found) ? found : null;
  } catch {
    return null;
  }
}

/** The take that a comment names. @param {string} comment @returns {Tag | null} */
function takeTag(comment) {
  const found = tagIn(comment);
  if (!found || "cue" in found) return null;
  const { shot, take, project } = found;
  return typeof shot === "string" && typeof take === "number" && typeof project === "string" ? { shot, take, project } : null;
}

/** The take that a file is, from where it lies; for clips whose markers are gone. @param {string} path @returns {Tag | null} */
function tagOfPath(path) {
  const found = /^(.+)[\\/]shots[\\/]([A-Za-z0-9_-]+)[\\/]takes[\\/](\d+)[\\/][^\\/]+$/.exec(path);
  const [, project, shot, take] = found ?? [];
  return project && shot && take ? { project, shot, take: Number(take) } : null;
}

/** Whether a comment is of one of our cues. @param {string} comment */
function isCue(comment) {
  const found = tagIn(comment);
  return found !== null && "cue" in found;
}

module.exports = { withTag, takeTag, tagOfPath, isCue };
