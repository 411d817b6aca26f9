// Names that files and addresses bring, made safe to show and to send on, as lgrdata/core/text.py makes them.

const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]/gu;

/** A name on one line of 80 characters at most: no half of one, none that control or turn the text, no link in Markdown. */
export function oneLine(text) {
  const line = text.replace(UNSEEN, "").split(/\s+/).filter(Boolean).join(" ");
  const plain = line.replaceAll("](", "] (").replaceAll("][", "] [").replaceAll("://", ": //");
  return [...plain].slice(0, 80).join("").trimEnd();
}
