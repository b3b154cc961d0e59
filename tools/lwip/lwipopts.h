/*
 * lwIP's options for TCP, UDP and memory as on the chip, by sdkconfig/sdkconfig.defaults and ESP-IDF's defaults. ESP-IDF takes
 * structures from the heap. Here they are in pools and a heap of a fixed size, so that a leak shows.
 */

#pragma once

#define NO_SYS 0
#define SYS_LIGHTWEIGHT_PROT 1
#define LWIP_TCPIP_CORE_LOCKING 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0
#define TCPIP_MBOX_SIZE 32

/* As on the chip a thread that calls into lwIP's has a semaphore of its own: natives of device.c. */
#define LWIP_NETCONN_SEM_PER_THREAD 1
struct sys_sem;
struct sys_sem **threadSemaphore(void);
#define LWIP_NETCONN_THREAD_SEM_GET() threadSemaphore()
#define LWIP_NETCONN_THREAD_SEM_ALLOC() threadSemaphore()
#define LWIP_NETCONN_THREAD_SEM_FREE()

/* Debian's port checks that all calls are in lwIP's thread. */
void sys_check_core_locking(void);
#define LWIP_ASSERT_CORE_LOCKED() sys_check_core_locking()
void sys_mark_tcpip_thread(void);
#define LWIP_MARK_TCPIP_THREAD() sys_mark_tcpip_thread()

#define LWIP_IPV4 1
#define LWIP_IPV6 0
#define LWIP_ICMP 1
#define LWIP_IGMP 1
#define LWIP_DNS 1
#define LWIP_UDP 1
#define LWIP_TCP 1
#define LWIP_RAW 0
#define LWIP_MULTICAST_TX_OPTIONS 1
#define ARP_QUEUEING 1
#define SO_REUSE 1
/* What the device sends to its own address comes back. */
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_LOOPBACK_MAX_PBUFS 8

#define MEMP_NUM_TCP_PCB 18
#define MEMP_NUM_TCP_PCB_LISTEN 4
#define MEMP_NUM_UDP_PCB 16
#define TCP_MSS 1440
#define TCP_SND_BUF 5744
#define TCP_WND 5744
#define TCP_LISTEN_BACKLOG 1
#define TCP_MSL 2000UL
#define TCP_QUEUE_OOSEQ 1
#define TCP_OOSEQ_MAX_PBUFS 4
#define TCP_MAXRTX 12
#define TCP_SYNMAXRTX 12
#define LWIP_TCP_RTO_TIME 1500
#define LWIP_TCP_KEEPALIVE 1
#define MEMP_NUM_TCP_SEG (MEMP_NUM_TCP_PCB * TCP_SND_QUEUELEN)
#define MEMP_NUM_SYS_TIMEOUT 16
#define MEMP_NUM_IGMP_GROUP 8
#define MEMP_NUM_TCPIP_MSG_API 8
#define MEMP_NUM_TCPIP_MSG_INPKT 32
#define MEMP_NUM_PBUF 32

/* Frames that have arrived: CONFIG_ESP_WIFI_DYNAMIC_RX_BUFFER_NUM of them, as long as a frame. */
#define PBUF_POOL_SIZE 32
#define PBUF_POOL_BUFSIZE 1600
/* Bytes to be sent, and headers. */
#define MEM_SIZE (160 * 1024)
#if __LP64__
#define MEM_ALIGNMENT 8
#else
#define MEM_ALIGNMENT 4
#endif

#define LWIP_STATS 1
#define LWIP_STATS_LARGE 1
