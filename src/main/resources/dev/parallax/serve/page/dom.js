// Elements. Text that comes from elsewhere becomes text, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element: h('p', {class: 'note'}, 'so ', h('em', {}, 'glad')).
 * An attribute that is a function listens (onclick), `style` is an object, and false, null and undefined are left out.
 */
export function h(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same of a drawing. */
export function s(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'style') {
      Object.entries(value).forEach(([property, its]) => element.style.setProperty(property, its));
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** The element of an id. */
export const $ = id => document.getElementById(id);

/** 83.4 seconds as 1:23.4. */
export function clock(seconds) {
  const tenths = Math.round(seconds * 10);
  const rest = ((tenths % 600) / 10).toFixed(1);
  return `${Math.floor(tenths / 600)}:${rest.padStart(4, '0')}`;
}

/** A line of the service as a sentence of the page. */
export const sentence = line => `${line.charAt(0).toUpperCase()}${line.slice(1)}`.replace(/[^.?!]$/, '$&.');

/** A probability with two digits. */
export const number = value => value.toFixed(2);

/** The class of the colour of an emotion; the name always stands beside it. */
export const tint = (labels, label) => `tint-${Math.max(0, labels.indexOf(label)) % 8}`;
