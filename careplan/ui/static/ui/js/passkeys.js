// Offers passkeys where the browser has them. Without this file, or without passkeys, the password is the way.
// A form with data-passkey="get" or "create" holds a hidden field `credential`; what its button makes is sent with it.
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) {
    return;
  }
  const BYTES = ["challenge", "id"];

  const toBytes = (text) => {
    const plain = window.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  };

  const toText = (buffer) => {
    const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return window.btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };

  const opened = (value) => {
    if (Array.isArray(value)) {
      return value.map(opened);
    }
    if (value === null || typeof value !== "object") {
      return value;
    }
    const parts = Object.entries(value).filter(([, part]) => part !== null);
    return Object.fromEntries(
      parts.map(([name, part]) => [name, BYTES.includes(name) && typeof part === "string" ? toBytes(part) : opened(part)]),
    );
  };

  // `rp.id` is a name, not bytes.
  const openedOptions = (options) => {
    const { rp, ...others } = options.publicKey;
    return { publicKey: { ...opened(others), ...(rp && { rp }) } };
  };

  const RESPONSE = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

  const closed = (made) => {
    const response = {};
    RESPONSE.filter((name) => made.response[name]).forEach((name) => {
      response[name] = toText(made.response[name]);
    });
    return JSON.stringify({
      id: made.id,
      rawId: toText(made.rawId),
      type: made.type,
      authenticatorAttachment: made.authenticatorAttachment,
      clientExtensionResults: made.getClientExtensionResults(),
      response,
    });
  };

  const optionsOf = async (form) => {
    if (form.dataset.passkeyOptions) {
      return JSON.parse(form.dataset.passkeyOptions);
    }
    const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(form.dataset.passkeyUrl, { method: "POST", headers: { "X-CSRFToken": token } });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    return answer.json();
  };

  const ask = async (form) => {
    const said = form.querySelector("[data-passkey-said]");
    said.textContent = "";
    try {
      const options = openedOptions(await optionsOf(form));
      const made = await navigator.credentials[form.dataset.passkey](options);
      form.querySelector("input[name=credential]").value = closed(made);
      form.submit();
    } catch {
      said.textContent = said.dataset.passkeySaid;
    }
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.querySelectorAll("[data-with-passkey]").forEach((part) => {
      part.hidden = false;
    });
    form.querySelectorAll("[data-without-passkey]").forEach((part) => {
      part.hidden = true;
    });
    form.querySelector("[data-passkey-second]")?.classList.add("button-quiet");
    form.querySelector("[data-passkey-button]").addEventListener("click", () => ask(form));
  });
})();
