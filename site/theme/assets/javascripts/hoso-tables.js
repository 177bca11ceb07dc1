/* Lets readers sort and filter the table that follows each `.hoso-sortable`. Without it the table stands as it is. */
(function () {
  "use strict";

  var collator = new Intl.Collator(document.documentElement.lang || "vi", { numeric: true, sensitivity: "base" });

  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").normalize("NFC");
  }

  function element(name, given, children) {
    var made = document.createElement(name);
    Object.keys(given || {}).forEach(function (key) { made.setAttribute(key, given[key]); });
    (children || []).forEach(function (child) { made.append(child); });
    return made;
  }

  /* What a cell is sorted by: the value it states, how far its bar is, or its text. */
  function valueOf(row, column) {
    var cell = row.cells[column];
    if (!cell) { return ""; }
    var data = cell.querySelector("data");
    if (data) { return Number(data.getAttribute("value")); }
    var bar = cell.querySelector("progress");
    if (bar) { return bar.max ? bar.value / bar.max : 0; }
    var text = cell.textContent.trim();
    return text === "–" ? "" : text;
  }

  function compared(one, other) {
    if (one === other) { return 0; }
    if (one === "") { return 1; }
    if (other === "") { return -1; }
    return typeof one === "number" && typeof other === "number" ? one - other : collator.compare(one, other);
  }

  /* Letters typed with marks are meant, letters without match all: `đong` finds đông and not dòng. */
  function found(text, plain, word) {
    var bare = fold(word);
    for (var at = plain.indexOf(bare); at >= 0; at = plain.indexOf(bare, at + 1)) {
      var place = at;
      if (Array.prototype.every.call(word, function (letter, k) { return letter === bare[k] || letter === text[place + k]; })) {
        return true;
      }
    }
    return false;
  }

  function matcher(query) {
    var words = query.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
    return function (row) {
      var text = row.textContent.normalize("NFC").toLowerCase();
      var plain = fold(text);
      return words.every(function (word) { return found(text, plain, word); });
    };
  }

  function Sorter(marker, table) {
    this.marker = marker;
    this.body = table.tBodies[0];
    this.heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    this.rows = Array.prototype.slice.call(this.body.rows);
    this.choose = marker.dataset.choose === undefined ? -1 : Number(marker.dataset.choose);
    this.heads.forEach(this.addButton, this);
    if (this.rows.length > 4 || marker.dataset.more) { this.addFilter(); }
  }

  Sorter.prototype.addButton = function (head, column) {
    var button = element("button", { type: "button", "class": "hoso-sort" }, Array.prototype.slice.call(head.childNodes));
    button.addEventListener("click", this.sort.bind(this, column));
    head.replaceChildren(button);
  };

  Sorter.prototype.sort = function (column) {
    var falling = this.heads[column].getAttribute("aria-sort") === "ascending";
    this.heads.forEach(function (head) { head.removeAttribute("aria-sort"); });
    this.heads[column].setAttribute("aria-sort", falling ? "descending" : "ascending");
    this.order(column);
  };

  Sorter.prototype.order = function (column) {
    var falling = this.heads[column].getAttribute("aria-sort") === "descending";
    var keyed = this.rows.map(function (row, place) { return { row: row, place: place, key: valueOf(row, column) }; });
    keyed.sort(function (one, other) {
      var order = compared(one.key, other.key);
      /* What is empty comes last either way. */
      if (falling && one.key !== "" && other.key !== "") { order = -order; }
      return order || one.place - other.place;
    });
    this.body.append.apply(this.body, keyed.map(function (one) { return one.row; }));
  };

  Sorter.prototype.addFilter = function () {
    var words = this.marker.dataset;
    this.input = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    this.told = element("output", { "aria-live": "polite" });
    var parts = [element("label", {}, [words.filter + " ", this.input])];
    if (this.choose >= 0) { parts.push(this.chooser()); }
    this.clear = element("button", { type: "button" }, [words.clear]);
    this.clear.addEventListener("click", this.reset.bind(this));
    this.bar = element("div", { "class": "hoso-filter", role: "search", "aria-label": words.filter }, parts.concat([this.told, this.clear]));
    this.marker.append(this.bar);
    /* A page opened from a folder may not read its neighbours. */
    if (words.more && location.protocol !== "file:") { this.offerPages(); }
    this.marker.addEventListener("input", this.filter.bind(this));
    this.marker.addEventListener("change", this.filter.bind(this));
    this.filter();
  };

  Sorter.prototype.chooser = function () {
    this.chosen = element("select", {}, []);
    this.offerValues();
    return element("label", {}, [this.heads[this.choose].textContent.trim() + " ", this.chosen]);
  };

  Sorter.prototype.offerValues = function () {
    var column = this.choose;
    var values = this.rows.map(function (row) { return row.cells[column].textContent.trim(); });
    var known = Array.from(new Set(values)).sort(collator.compare);
    var kept = this.chosen.value;
    var all = element("option", { value: "" }, [this.marker.dataset.all]);
    this.chosen.replaceChildren.apply(this.chosen, [all].concat(known.map(function (value) {
      return element("option", { value: value }, [value]);
    })));
    this.chosen.value = kept;
  };

  Sorter.prototype.offerPages = function () {
    var button = element("button", { type: "button" }, [this.marker.dataset.more]);
    var others = Array.prototype.map.call(document.querySelector(".hoso-pages").querySelectorAll("a[href]"), function (link) {
      return link.href;
    });
    var self = this;
    button.addEventListener("click", function () {
      button.disabled = true;
      Promise.all(others.map(rowsOf)).then(function (found) {
        self.take([].concat.apply([], found));
        button.remove();
      }, function () {
        button.replaceWith(self.marker.dataset.failed);
      });
    });
    this.bar.append(button);
  };

  Sorter.prototype.take = function (rows) {
    this.rows = this.rows.concat(rows);
    this.body.append.apply(this.body, rows);
    this.input.previousSibling.textContent = this.marker.dataset.whole + " ";
    if (this.chosen) { this.offerValues(); }
    document.querySelectorAll(".hoso-pages").forEach(function (turning) { turning.hidden = true; });
    var sorted = this.heads.findIndex(function (head) { return head.hasAttribute("aria-sort"); });
    if (sorted >= 0) { this.order(sorted); }
    this.filter();
  };

  Sorter.prototype.filter = function () {
    var holds = matcher(this.input.value);
    var wanted = this.chosen ? this.chosen.value : "";
    var column = this.choose;
    var shown = 0;
    this.rows.forEach(function (row) {
      row.hidden = !(holds(row) && (!wanted || row.cells[column].textContent.trim() === wanted));
      shown += row.hidden ? 0 : 1;
    });
    this.told.textContent = this.marker.dataset.shown.replace("#1", shown).replace("#2", this.rows.length);
    this.clear.hidden = !this.input.value && !wanted;
  };

  Sorter.prototype.reset = function () {
    this.input.value = "";
    if (this.chosen) { this.chosen.value = ""; }
    this.filter();
    this.input.focus();
  };

  /* The rows of another page of the same list, their links as seen from here. */
  function rowsOf(address) {
    return fetch(address).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.text();
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html");
      return Array.prototype.map.call(tableAfter(page.querySelector(".hoso-sortable")).tBodies[0].rows, function (row) {
        row.querySelectorAll("a[href]").forEach(function (link) {
          link.setAttribute("href", new URL(link.getAttribute("href"), address).href);
        });
        return document.importNode(row, true);
      });
    });
  }

  /* The theme may put a frame around the table. */
  function tableAfter(marker) {
    var next = marker.nextElementSibling;
    return next && (next.matches("table") ? next : next.querySelector("table"));
  }

  document.querySelectorAll(".hoso-sortable").forEach(function (marker) {
    var table = tableAfter(marker);
    if (table && table.tHead && table.tBodies.length) { new Sorter(marker, table); }
  });
}());
