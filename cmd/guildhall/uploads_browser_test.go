package main

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"guildhall/models/clubtest"
	"guildhall/views"
)

// gives hands a page a picture that it draws itself, or a note, as a hand would: pasted into the box, dropped
// on it, or chosen with the button.
const gives = `
window.shot = (w, h) => new Promise((done) => {
	const c = document.createElement("canvas");
	c.width = w; c.height = h;
	const g = c.getContext("2d");
	g.fillStyle = "#c33"; g.fillRect(0, 0, w, h); g.fillStyle = "#36c"; g.fillRect(0, 0, w / 2, h / 2);
	c.toBlob((b) => done(new File([b], "strip_1.png", {type: "image/png"})));
});
window.give = (how, file, to) => {
	const data = new DataTransfer();
	data.items.add(file);
	const box = document.querySelector(to);
	box.focus();
	if (how === "paste") box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
	if (how === "drop") for (const type of ["dragenter", "dragover", "drop"]) box.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
	if (how === "choose") {
		const input = document.querySelector("#file");
		input.files = data.files;
		input.dispatchEvent(new Event("change", {bubbles: true}));
	}
};`

// shown is true when every picture in the texts of a page has come, and keeps its place.
const shown = `(() => { const all = [...document.querySelectorAll("#posts .prose img, #log .body img")];
	all.forEach((i) => i.loading = "eager");
	return all.length > 0 && all.every((i) => i.complete && i.naturalWidth > 0 && i.getAttribute("width") > 0); })()`

// Somebody pastes, drops and chooses files into a reply, says what a picture shows, and everybody who
// reads the topic sees it; in a room likewise.
func TestFilesInABrowser(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		topic := s.Topic(s.Open, "Test strips")
		at := views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)
		rita, olive := s.visit("Rita", s.Regular), s.visit("Olive", s.Owner)
		for _, v := range []*visitor{rita, olive} {
			v.open(at)
			v.listens()
		}
		rita.run(gives)
		rita.types(reply, "Before after")
		rita.run(`document.querySelector("#reply textarea").setSelectionRange(7, 7)`)
		rita.run(`shot(900, 300).then((file) => give("paste", file, "#reply textarea"))`)
		rita.until("the picture in the text", `/^Before !\[\]\(\/files\/\w{11}\) after$/.test(document.querySelector("#reply textarea").value)`)
		rita.until("its small copy", `document.querySelector("[data-attachments] img.thumb").naturalWidth === 640`)
		rita.types("[data-attachments] input", "A [red] strip")
		rita.until("its words", `document.querySelector("#reply textarea").value.startsWith("Before ![A \\[red\\] strip](/files/")`)
		rita.run(`give("drop", new File(["A note."], "note.txt", {type: "text/plain"}), "#reply textarea")`)
		rita.until("the note in the text", `document.querySelector("#reply textarea").value.includes("[note.txt](/files/")`)
		rita.expects("422")
		rita.run(`give("choose", new File(["<svg/>"], "strip.svg", {type: "image/svg+xml"}), "#reply textarea")`)
		rita.sees("[data-attachments] .error", "Save it as PNG.")
		rita.run(`document.querySelector("[data-attachments] li:last-child > button").click()`)
		rita.until("the refused one gone", `document.querySelectorAll("[data-attachments] > li").length === 2`)
		rita.looks("composer")
		rita.click("#reply .foot .primary")
		olive.until("the picture", shown+` && document.querySelector("#posts .prose img").alt === "A [red] strip"`)
		rita.until("the picture, and an empty list", shown+` && document.querySelector("[data-attachments]").hidden`)

		for _, v := range []*visitor{rita, olive} {
			v.open(views.RoomAddress(s.Open.Slug))
			v.listens()
		}
		rita.run(gives)
		rita.run(`shot(300, 200).then((file) => give("drop", file, ".chatbox textarea"))`)
		rita.until("the picture in the message", `/^!\[\]\(\/files\/\w{11}\)$/.test(document.querySelector(".chatbox textarea").value)`)
		rita.looks("chatbox")
		rita.click(".chatbox button[type=submit]")
		olive.until("the picture in the room", shown)
		rita.until("an empty list", `document.querySelector("[data-attachments]").hidden`)
	})
}

// What is still being sent holds the text back, and can be cancelled.
func TestAnUploadCanBeCancelled(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	topic := s.Topic(s.Open, "Test strips")
	rita := s.visit("Rita", s.Regular)
	rita.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
	rita.listens()
	rita.run(gives)
	rita.run(`XMLHttpRequest.prototype.send = function () { this.upload.dispatchEvent(new ProgressEvent("progress", {lengthComputable: true, loaded: 1, total: 4})); }`) // it never arrives
	rita.types(reply, "Look.")
	rita.run(`give("choose", new File(["A note."], "note.txt"), "#reply textarea")`)
	rita.until("a quarter of it sent", `document.querySelector("[data-attachments] progress").value === 0.25`)
	rita.run(`document.querySelector("#reply .foot .primary").click()`)
	rita.sees("[data-attachments] .said", "Still being sent.")
	rita.run(`document.querySelector("[data-attachments] button").click()`)
	rita.until("it gone, and where one was", `document.querySelector("[data-attachments]").hidden && document.activeElement.id === "text"`)
	rita.click("#reply .foot .primary")
	rita.sees("#posts .prose", "Look.")
}

// Without a script the form itself brings the file.
func TestFilesWithoutScripts(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	topic := s.Topic(s.Open, "Test strips")
	rita := s.visit("Rita", s.Regular)
	rita.scripts(false)
	rita.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
	note := t.TempDir() + "/note.txt"
	clubtest.OK(t, os.WriteFile(note, []byte("A note."), 0o600))
	rita.do("choose a file", chromedp.Do(rita.ctx, chromedp.SetUploadFiles("#file", []string{note})))
	rita.types(reply, "See")
	rita.click("#reply .foot .primary")
	rita.sees("#posts .prose a[href^='/files/']", "note.txt")
}

// looks finds nothing wrong with what stands there, on a desk and in a hand, and keeps a picture of each in
// the folder that GUILDHALL_SHOTS names.
func (v *visitor) looks(name string) {
	v.t.Helper()
	for _, in := range []light{night, hand, day} {
		v.show(in)
		for _, fault := range append(v.axe(in.rules()), v.overflow(in)...) {
			v.t.Errorf("%s, %s: %s", name, in.name, fault)
		}
		v.photograph(stop{who: "rita", route: "/uploads/" + name}, in)
	}
}
