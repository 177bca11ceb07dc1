/* Search from a folder or a file share: browsers start no worker there, so its script runs in a hidden frame.
   The frame is filled from here, so that no script has to be written into a page: the policy of the pages forbids it.
   The theme's worker looks for `IFrameWorker` to know where it runs. */
(function () {
  if (location.protocol !== "file:") return;

  class FrameWorker extends EventTarget {
    constructor(url) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.appendChild(this.frame);
      var inner = this.inner = this.frame.contentWindow;
      // A document of its own at once: some browsers replace the first, empty one a moment later.
      inner.document.open();
      inner.document.write("<!doctype html><title></title><body>");
      inner.document.close();
      inner.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) }));
      inner.importScripts = (...urls) => urls.reduce((before, one) => before.then(() => this.load(one)), Promise.resolve());
      this.loaded = this.load(url).catch((event) => { this.dispatchEvent(new ErrorEvent("error")); throw event; });
    }

    load(url) {
      return new Promise((resolve, reject) => {
        var script = this.inner.document.createElement("script");
        script.src = url;
        script.onload = resolve;
        script.onerror = reject;
        this.inner.document.body.appendChild(script);
      });
    }

    postMessage(data) {
      this.loaded.then(() => {
        this.inner.dispatchEvent(new this.inner.MessageEvent("message", { data: structuredClone(data) }));
      });
    }

    terminate() {
      this.frame.remove();
    }
  }

  window.IFrameWorker = window.Worker = FrameWorker;
})();
