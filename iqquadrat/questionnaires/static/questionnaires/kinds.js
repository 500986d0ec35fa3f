// Fields that belong to another kind of answer are out of sight; without this script they are all there and their help says for what.

const FIELDS = {
  list: ["choice_list", "choice_filter", "answers"],
  number: ["min_value", "max_value"],
};
const NEEDS = { single: "list", multiple: "list", integer: "number", year: "number" };

for (const body of document.querySelectorAll("[data-kinds]")) {
  const kind = body.querySelector("[name=type]");
  const show = () => {
    for (const [need, names] of Object.entries(FIELDS)) {
      for (const name of names) {
        const row = body.querySelector(`#div_id_${name}`);
        if (row) {
          row.hidden = NEEDS[kind.value] !== need;
        }
      }
    }
  };
  if (kind) {
    kind.addEventListener("change", show);
    show();
  }
}
