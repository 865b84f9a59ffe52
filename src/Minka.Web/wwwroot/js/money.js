// Shows what an amount typed with any separators is understood as. The server decides; this only echoes.
export function read(text) {
  let s = text.replace(/[\s\u00a0\u202f'’]|S\/\.?/gi, "");
  if (!/^\d[\d.,]*$/.test(s)) return null;
  const last = Math.max(s.lastIndexOf("."), s.lastIndexOf(","));
  let cents = "00";
  if (last >= 0) {
    const mark = s[last], tail = s.length - last - 1, other = mark === "." ? "," : ".";
    const alone = s.indexOf(mark) === last;
    if (alone && tail <= 2 && tail > 0) {
      cents = s.slice(last + 1).padEnd(2, "0");
      s = s.slice(0, last);
      if (s.includes(other) && !new RegExp(`^\\d{1,3}(\\${other}\\d{3})+$`).test(s)) return null;
    } else if (!new RegExp(`^\\d{1,3}(\\${mark}\\d{3})+$`).test(s)) return null;
  }
  const whole = s.replace(/[.,]/g, "").replace(/^0+(?=\d)/, "");
  if (!whole || whole.length > 11) return null;
  return whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") + "." + cents;
}
for (const input of document.querySelectorAll("input[data-money]")) {
  const echo = document.querySelector(`output[for="${CSS.escape(input.id)}"]`);
  const unit = input.closest(".money")?.querySelector(".unit")?.textContent ?? "S/";
  if (!echo) continue;
  input.addEventListener("input", () => {
    const amount = read(input.value);
    echo.replaceChildren();
    if (!amount) return;
    const b = document.createElement("b");
    b.textContent = `${unit}\u202f${amount}`;
    echo.append(echo.dataset.word + " ", b);
  });
}
