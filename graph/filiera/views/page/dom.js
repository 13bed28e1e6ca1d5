// Makes elements. Texts become text nodes and nothing else: what the data says is never markup.

/**
 * @param {string} tag
 * @param {Record<string, string | boolean | ((event: any) => void) | undefined>} attributes
 *   handlers as `onclick`; undefined and false are left out
 * @param {...(Node | string | undefined | null | false)} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/**
 * Gives an element exactly these children, in this order; those that stand there already are not touched.
 * @param {Element} parent
 * @param {Element[]} children
 */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let place = parent.firstElementChild;
  for (const child of children) {
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
}

/**
 * An address that may be linked: http and https, nothing else.
 * @param {string | undefined} address
 * @returns {URL | null}
 */
export function webAddress(address) {
  let url;
  try {
    url = new URL(address ?? "");
  } catch {
    return null;
  }
  return url.protocol === "https:" || url.protocol === "http:" ? url : null;
}

/**
 * A link to another site, in a tab of its own.
 * @param {URL} url
 * @param {string} text
 * @param {string} label what a screen reader adds
 */
export function outwardLink(url, text, label) {
  return make(
    "a",
    { href: url.href, target: "_blank", rel: "noopener noreferrer" },
    text,
    make("span", { class: "unseen" }, ` ${label}`),
  );
}
