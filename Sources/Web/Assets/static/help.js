// The pages of help: printing. Without scripts the browser's own menu prints.
import { onDo } from "./app.js";

onDo("print", () => print());
