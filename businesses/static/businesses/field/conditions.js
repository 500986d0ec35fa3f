/* Conditions of questions on the device; the meaning is that of iqquadrat/questionnaires/conditions.py, compared by a test.
   Answers are texts as XLSForm writes them, lists of ticked answers, or null. */

const NUMBER = /^[ \t\n\r\f\v]*-?[0-9]+(\.[0-9]+)?[ \t\n\r\f\v]*$/;

/** Whether the compiled condition holds for these answers; an empty one (null) always holds. */
export function holds(node, values) {
  if (node === null) return true;
  const [kind, first, second, third] = node;
  if (kind === "and") return first.every((part) => holds(part, values));
  if (kind === "or") return first.some((part) => holds(part, values));
  if (kind === "not") return !holds(first, values);
  if (kind === "selected") return written(values, first).split(" ").includes(second);
  if (kind === "compare") return compare(first, operand(second, values), operand(third, values));
  throw new TypeError(`unknown condition ${kind}`);
}

function compare(operator, left, right) {
  if (operator === "=" || operator === "!=") {
    const numeric = typeof left === "number" || typeof right === "number";
    return (numeric ? number(left) === number(right) : left === right) === (operator === "=");
  }
  const smaller = number(left);
  const greater = number(right);
  if (operator === "<") return smaller < greater;
  if (operator === "<=") return smaller <= greater;
  return operator === ">" ? smaller > greater : smaller >= greater;
}

function operand(side, values) {
  return "ref" in side ? written(values, side.ref) : side.value;
}

function written(values, key) {
  const value = Object.hasOwn(values, key) ? values[key] : null;
  if (value === null) return "";
  return Array.isArray(value) ? value.join(" ") : value;
}

function number(value) {
  if (typeof value === "number") return value;
  return NUMBER.test(value) ? Number(value.trim()) : NaN;
}
