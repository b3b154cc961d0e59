/* The SDK's table of the names that C uses. */

#pragma once

/* Looked up once: on the chip a name is a number. */
#define KNOWN(name) ({ static xsIdentifier id; if (!id) id = xsID(name); id; })

#define xsID_address KNOWN("address")
#define xsID_from KNOWN("from")
#define xsID_length KNOWN("length")
#define xsID_name KNOWN("name")
#define xsID_onError KNOWN("onError")
#define xsID_onReadable KNOWN("onReadable")
#define xsID_onResolved KNOWN("onResolved")
#define xsID_onWritable KNOWN("onWritable")
#define xsID_port KNOWN("port")
#define xsID_target KNOWN("target")
