import config from "mc/config";
import platform from "platform/host";
import { boot } from "./modules/app/boot.js";

boot(platform, config);
