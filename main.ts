import config from "mc/config";
import platform from "platform/host";
import { boot } from "./modules/app/app.js";

boot(platform, config);
