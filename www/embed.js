// The page for iframes: a console whose attributes stand in the page's query, and its talk with the page around it.

import './element.js';
import { attributesOf } from './element/query.js';
import { createTalk } from './element/talk.js';

const element = document.createElement('qod-sandbox');
try {
  const { attributes, parent } = attributesOf(location.search);
  for (const [name, text] of attributes) element.setAttribute(name, text);
  // The frame itself may be lazy.
  element.setAttribute('loading', 'eager');
  document.body.append(element);
  createTalk(element, parent);
} catch (error) {
  const panel = document.createElement('p');
  panel.setAttribute('role', 'alert');
  panel.textContent = error.message;
  document.body.append(panel);
}
