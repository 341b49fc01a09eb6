// Package internal records what a program runs on database/sql, and on connections to PostgreSQL without it, for the command nplusgone,
// which overlays this package of the standard library: its folder has no other Go files.
//
// The recorder writes events and judges nothing. It imports what the packages that call it import anyway, and is part of the
// program only while the command runs it.
//
// The race detector must see the program as it is without the recorder: a lock that it sees orders goroutines, and hides races
// between them. So all functions are marked norace, the lock is one that the detector does not see, and no map, no append and no
// copy of the runtime is used on shared memory.
package internal

import (
	"internal/runtime/atomic"
	"runtime"
	"syscall"
	_ "unsafe" // for go:linkname
)

// The environment of a recorded process.
const (
	dirVariable = "NPLUSGONE_RECORD"     // the folder of the files
	keyVariable = "NPLUSGONE_RECORD_KEY" // the key of the run in hexadecimal: 32 bytes
)

// The kinds of events. Each has the fields that its function writes.
const (
	kindText      = 1  // id, the bytes to the end
	kindStack     = 2  // id, then function, file and line of each frame
	kindPackage   = 3  // import path: the tests of a package begin
	kindScope     = 4  // id, parent, kind, name, stack, goroutine
	kindRoute     = 5  // scope, method, pattern, length of the path
	kindEnd       = 6  // scope
	kindDatabase  = 7  // id, what the driver and the connection hold
	kindBegin     = 8  // connection, transaction, scope, stack
	kindFinish    = 9  // connection: its transaction has ended
	kindStatement = 10 // see Statement
	kindColumns   = 11 // result, names
	kindRow       = 12 // result, values
	kindClose     = 13 // result, rows, rows that were scanned, flags, nanoseconds
	kindTestsEnd  = 14 // exit code: the tests of the package have ended
	kindLoops     = 15 // stack, then file and line of each loop around it that has a counter

	// Of connections to PostgreSQL. See Wire.
	kindWire         = 16 // connection, hash of the server and of what the client asked it for
	kindWireSent     = 17 // connection, scope, goroutine, stack, nanoseconds, 1 if database/sql records it, loops, items
	kindWireReceived = 18 // connection, nanoseconds, nanoseconds that it took, stack or 0, items
	kindWireMore     = 19 // connection, 1 for what is sent, items: more of the event before, or without a statement
)

// on is whether the process is recorded. It changes during initialisation only.
var on bool

// held is the lock of everything that the recorder shares.
var held uint32

//go:norace
func lock() {
	for i := 1; atomic.Cas(&held, 0, 1) == false; i++ {
		if i%64 == 0 {
			runtime.Gosched()
		}
	}
}

//go:norace
func unlock() { atomic.Store(&held, 0) }

func init() {
	dir, _ := syscall.Getenv(dirVariable)
	key, _ := syscall.Getenv(keyVariable)
	if dir == "" || !start(dir, key) {
		return
	}
	findGoroutineID()
	on = true
}

// On reports whether the process is recorded.
func On() bool { return on }

// Now returns nanoseconds of the monotonic clock, also in the bubbles of testing/synctest. It is 0 if nothing is recorded.
//
//go:norace
func Now() int64 {
	if !on {
		return 0
	}
	return nanotime()
}

//go:linkname nanotime runtime.nanotime
func nanotime() int64

// The event that is being written. The lock guards it.
var (
	event [maxEvent]byte
	size  int
)

// maxEvent is the size of the largest event in bytes. A longer text is cut.
const maxEvent = 64 << 10

//go:norace
func begin(kind byte) { event[0], size = kind, 1 }

//go:norace
func putByte(b byte) {
	if size < maxEvent {
		event[size] = b
		size++
	}
}

//go:norace
func putUint(n uint64) {
	for n >= 0x80 {
		putByte(byte(n) | 0x80)
		n >>= 7
	}
	putByte(byte(n))
}

//go:norace
func putBytes(b []byte) {
	for i := 0; i < len(b) && size < maxEvent; i++ {
		event[size] = b[i]
		size++
	}
}

//go:norace
func putString(s string) {
	for i := 0; i < len(s) && size < maxEvent; i++ {
		event[size] = s[i]
		size++
	}
}

// Tests records that the tests of a package begin.
//
//go:norace
func Tests(importPath string) {
	if !on {
		return
	}
	lock()
	path := textID(importPath)
	begin(kindPackage)
	putUint(path)
	commit()
	unlock()
}

// TestsEnd records that the tests of the package have ended.
//
//go:norace
func TestsEnd(code int) {
	if !on {
		return
	}
	lock()
	begin(kindTestsEnd)
	putUint(uint64(code))
	commit()
	unlock()
}
