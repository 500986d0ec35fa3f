// Everything a page of staff can do beyond plain HTML. Each module works alone and does nothing where its marks are missing.
import "./menus.js";
import "./find.js";
import "./shortcuts.js";
import "./confirm.js";
import "./unsaved.js";
import "./tabs.js";
import "./toggle.js";
import "./forms.js";
import "./outage.js";
import "./leave.js";
