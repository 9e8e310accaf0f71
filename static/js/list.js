/* A list of learners, or a quiz, from a file: it is read here and put into the field, so that one sees it before it is sent, and no file ever is.
   Spreadsheet programs save as UTF-8, with or without its mark, as UTF-16, or as Windows' Western letters; which, its bytes tell. */

const MOST = 1_000_000;

const decoded = (bytes) => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  // Without a mark: of the first letters, every other byte is nought.
  if (bytes.length > 3 && !bytes[1] && !bytes[3]) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes.length > 3 && !bytes[0] && !bytes[2]) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
};

const place = document.querySelector("[data-file]");
const field = place.closest("form").querySelector("textarea");
const said = place.querySelector("[role=status]");
const picker = Object.assign(document.createElement("input"), { type: "file", accept: place.dataset.file || ".csv,.tsv,.txt,text/csv,text/plain" });

const read = async (file) => {
  if (file.size > MOST) { said.textContent = `${file.name} is larger than what is read here.`; return; }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) { said.textContent = `${file.name} is a workbook: save it as “CSV UTF-8” first.`; return; }
  field.value = decoded(bytes);
  said.textContent = `${file.name} is in the field. Look at it before you send it.`;
  field.focus();
};

const take = (file) => {
  if (file) read(file).catch(() => { said.textContent = `${file.name} cannot be read. Open it, and copy what stands in it into the field.`; });
};

place.hidden = false;
place.querySelector("button").addEventListener("click", () => picker.click());
picker.addEventListener("change", () => { take(picker.files[0]); picker.value = ""; });
field.addEventListener("dragover", (event) => event.preventDefault());
field.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files[0]) return;
  event.preventDefault();
  take(event.dataTransfer.files[0]);
});
