// Rows as files: CSV (RFC 4180) and an Excel workbook (Office Open XML, ECMA-376).

import { strToU8, zipSync } from "fflate";

/** @typedef {(string | number | null)[][]} Rows */

/** A sheet: the first row of one with a filter is its head, which stays in view. @typedef {{name: string, rows: Rows, filter?: boolean}} Sheet */

const longestCell = 32_767;
const longestName = 31;

/**
 * As CSV with a byte order mark, by which spreadsheets know the encoding. A text that a
 * spreadsheet would take for a formula is preceded by an apostrophe.
 * @param {Rows} rows
 */
export function toCsv(rows) {
  return `\ufeff${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

function csvCell(value) {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * As an Excel workbook: texts as texts, numbers as numbers, heads frozen and with filters.
 * @param {Sheet[]} sheets
 * @returns {Blob}
 */
export function toWorkbook(sheets) {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packages = "http://schemas.openxmlformats.org/package/2006";
  const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const numbered = sheets.map((sheet, index) => ({ ...sheet, number: index + 1 }));
  const files = {
    "[Content_Types].xml":
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/>` +
      numbered.map(({ number }) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${kind}.worksheet+xml"/>`).join("") +
      "</Types>",
    "_rels/.rels": `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml":
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>` +
      numbered.map(({ name, number }) => `<sheet name="${escaped(sheetName(name))}" sheetId="${number}" r:id="rId${number}"/>`).join("") +
      "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels":
      `<Relationships xmlns="${packages}/relationships">` +
      numbered.map(({ number }) => `<Relationship Id="rId${number}" Type="${relations}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join("") +
      `<Relationship Id="rId${numbered.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml":
      `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
      `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>` +
      `<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf xfId="0" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
  };
  for (const sheet of numbered) files[`xl/worksheets/sheet${sheet.number}.xml`] = worksheet(sheet, main);
  const entries = Object.entries(files).map(([name, xml]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`)]);
  return new Blob([zipSync(Object.fromEntries(entries), { mtime: "1980-01-01" })], { type: `${kind}.sheet` });
}

/** @param {Sheet} sheet @param {string} main */
function worksheet({ rows, filter }, main) {
  const wide = Math.max(1, ...rows.map((row) => row.length));
  const widths = Array.from({ length: wide }, (_, column) => width(rows, column));
  const frozen = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  return (
    `<worksheet xmlns="${main}">${filter ? frozen : ""}<cols>` +
    widths.map((chars, column) => `<col min="${column + 1}" max="${column + 1}" width="${chars}" customWidth="1"/>`).join("") +
    "</cols><sheetData>" +
    rows.map((row, line) => `<row r="${line + 1}">${row.map((value, column) => cell(value, line, column, filter)).join("")}</row>`).join("") +
    `</sheetData>${filter ? `<autoFilter ref="A1:${letters(wide - 1)}${rows.length}"/>` : ""}</worksheet>`
  );
}

function cell(value, line, column, filter) {
  const place = `r="${letters(column)}${line + 1}" s="${filter && line === 0 ? 1 : 0}"`;
  if (value === null) return "";
  if (typeof value === "number") return `<c ${place}><v>${value}</v></c>`;
  return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escaped(value.slice(0, longestCell))}</t></is></c>`;
}

function width(rows, column) {
  const longest = Math.max(...rows.slice(0, 500).map((row) => String(row[column] ?? "").length));
  return Math.min(60, Math.max(8, longest + 2));
}

function letters(column) {
  const rest = column % 26;
  const letter = String.fromCharCode(65 + rest);
  return column < 26 ? letter : letters((column - rest) / 26 - 1) + letter;
}

function sheetName(name) {
  return name.replace(/[[\]:*?/\\]/g, " ").slice(0, longestName);
}

/** Text as XML takes it: characters that XML 1.0 does not know become the replacement character. */
function escaped(text) {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
