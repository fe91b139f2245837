// The page for iframes: a console whose attributes stand in the page's query, and its talk with the page around it.

import { createTalk } from './element/talk.js';
import { attributesOf } from './element/query.js';
import './element.js';

const element = document.createElement('qod-sandbox');
const talk = createTalk(element, new URLSearchParams(location.search).get('parent'));
try {
  for (const [name, text] of attributesOf(location.search)) element.setAttribute(name, text);
  element.setAttribute('loading', 'eager');
  document.body.append(element);
  talk.begin();
} catch (error) {
  const panel = document.createElement('p');
  panel.setAttribute('role', 'alert');
  panel.textContent = error.message;
  document.body.append(panel);
}
