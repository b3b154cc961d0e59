# Evaluates ESP-IDF's Kconfig for one chip from a file of defaults, as idf.py does, and prints the values as JSON.
# Needs kconfiglib (Debian: python3-kconfiglib), which reads ESP-IDF 6.0's files but for the one place mended here.
#
# python3 kconfig.py IDF_PATH CHIP DEFAULTS NAME…

import glob
import json
import os
import sys
import tempfile

import kconfiglib

idf, chip, defaults, *names = sys.argv[1:]


def parse_help(self, node, parse=kconfiglib.Kconfig._parse_help):
    # ESP-IDF has help texts of menus, which a node of kconfiglib has no room for until it is told.
    node.help = getattr(node, "help", None)
    return parse(self, node)


kconfiglib.Kconfig._parse_help = parse_help
with tempfile.TemporaryDirectory() as folder:

    def sources(name):
        path = os.path.join(folder, name)
        with open(path, "w") as file:
            file.writelines(f'osource "{found}"\n' for found in sorted(glob.glob(f"{idf}/components/*/{name}")))
        return path

    os.environ.update(
        srctree=idf,
        IDF_PATH=idf,
        IDF_TARGET=chip,
        IDF_TOOLCHAIN="gcc",
        IDF_VERSION="6.0.0",
        IDF_INIT_VERSION="6.0.0",
        IDF_ENV_FPGA="",
        IDF_BUILD_V2="n",
        COMPONENT_KCONFIGS_SOURCE_FILE=sources("Kconfig"),
        COMPONENT_KCONFIGS_PROJBUILD_SOURCE_FILE=sources("Kconfig.projbuild"),
    )
    kconfig = kconfiglib.Kconfig(f"{idf}/Kconfig", warn_to_stderr=False)
kconfig.load_config(defaults, replace=False)
print(json.dumps({name: kconfig.syms[name].str_value if name in kconfig.syms else None for name in names}))
