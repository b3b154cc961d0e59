/* The SDK's table of the names that C uses. */

#pragma once

#define xsID_address xsID("address")
#define xsID_from xsID("from")
#define xsID_name xsID("name")
#define xsID_onError xsID("onError")
#define xsID_onReadable xsID("onReadable")
#define xsID_onResolved xsID("onResolved")
#define xsID_onWritable xsID("onWritable")
#define xsID_port xsID("port")
#define xsID_target xsID("target")
