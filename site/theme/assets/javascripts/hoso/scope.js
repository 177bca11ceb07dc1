/* What the theme expects of every page: where the site begins, and a small memory of its own in the browser.
   The theme writes this into each page with that page's address in it; here the address is found from this file's own. */
var __md_scope = new URL("../../../", document.currentScript.src);

function __md_hash(text) {
  var made = 0;
  for (var character of text) made = (made << 5) - made + character.charCodeAt(0);
  return made;
}

/* Whether a page may remember anything is the browser's decision; one that may not still has to work. */
function __md_get(name, storage, scope) {
  try {
    return JSON.parse((storage || localStorage).getItem((scope || __md_scope).pathname + "." + name));
  } catch (error) {
    return null;
  }
}

function __md_set(name, value, storage, scope) {
  try {
    (storage || localStorage).setItem((scope || __md_scope).pathname + "." + name, JSON.stringify(value));
  } catch (error) { /* forgotten with the page */ }
}
