// Reads an option aloud where the telephone has a voice; without one the buttons stay hidden.
if ("speechSynthesis" in window) {
  for (const button of document.querySelectorAll("[data-speak]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      speechSynthesis.cancel();
      const words = new SpeechSynthesisUtterance(button.dataset.speak);
      words.lang = document.documentElement.lang;
      speechSynthesis.speak(words);
    });
  }
}
