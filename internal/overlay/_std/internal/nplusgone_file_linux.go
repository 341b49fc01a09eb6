package internal

import (
	"internal/chacha8rand"
	"internal/runtime/atomic"
	"syscall"
	"unsafe"
)

// Each process writes one file, through windows of it that are mapped into memory: what is written is kept, however the process
// ends. The file begins with a header:
//
//	8 bytes   magic
//	8 bytes   the process ID
//	32 bytes  a random number
//	8 bytes   1 if events were lost, because the disk or the file was full
//	8 bytes   0
//
// Events follow, each at a multiple of 8 bytes: the length of its text as a word of 8 bytes, in the order of bytes of the machine,
// and the text, filled up to a multiple of 8 bytes. The length is written last. 0 is the end; skip continues with the next window.
//
// Texts and values of the user are in the file, so the events, without their lengths, are encrypted: each word is combined with
// the next word of ChaCha8, whose key is that of the run combined with the random number. The key of the run is only in the memory and
// the environment of the processes.
const (
	magic      = "nplusg1\n"
	headerSize = 64
	lostAt     = 48
	skip       = 1<<64 - 1
	windowSize = 1 << 20
	maxFile    = 1 << 30
)

// file is the file of the process. The lock guards it.
var file struct {
	dir    string
	key    [32]byte
	stream chacha8rand.State
	fd     int
	window uintptr // where the window begins in memory; 0 before the first event
	header uintptr
	at     uintptr // of the next event in the window
	end    int64   // of the window in the file
	full   bool    // nothing is written any more
}

// start keeps what is needed to open the file, and reports whether it can be opened. A process that runs nothing has no file.
func start(dir, key string) bool {
	if len(key) != 2*len(file.key) {
		return false
	}
	for i := range file.key {
		hi, lo := digit(key[2*i]), digit(key[2*i+1])
		if hi < 0 || lo < 0 {
			return false
		}
		file.key[i] = byte(hi<<4 | lo)
	}
	file.dir = dir
	return true
}

func digit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

// open creates the file. It calls the system directly: package os would enter the file into the key of a cached test result.
//
//go:norace
//go:nocheckptr
func open() bool {
	var random [32]byte
	source, err := syscall.Open("/dev/urandom", syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return false
	}
	n, _ := syscall.Read(source, random[:])
	syscall.Close(source)
	if n != len(random) {
		return false
	}
	const digits = "0123456789abcdef"
	var name [32]byte
	for i := range 16 {
		name[2*i], name[2*i+1] = digits[random[i]>>4], digits[random[i]&15]
	}
	file.fd, err = syscall.Open(file.dir+"/"+string(name[:])+".events", syscall.O_RDWR|syscall.O_CREAT|syscall.O_EXCL|syscall.O_CLOEXEC, 0o600)
	if err != nil || !mapWindow() {
		return false
	}
	file.header = file.window
	for i := range len(magic) {
		*(*byte)(unsafe.Pointer(file.header + uintptr(i))) = magic[i]
	}
	*(*uint64)(unsafe.Pointer(file.header + 8)) = uint64(syscall.Getpid())
	for i := range random {
		*(*byte)(unsafe.Pointer(file.header + 16 + uintptr(i))) = random[i]
		random[i] ^= file.key[i]
	}
	file.stream.Init(random)
	file.at = headerSize
	return true
}

// mapWindow maps the next window. Its space is allocated before: writing to a page without space would kill the process. The first
// window stays mapped, for the header.
//
//go:norace
//go:nocheckptr
func mapWindow() bool {
	if file.end+windowSize > maxFile {
		return false
	}
	err := syscall.Fallocate(file.fd, 0, file.end, windowSize)
	if err == syscall.EOPNOTSUPP {
		err = syscall.Ftruncate(file.fd, file.end+windowSize)
	}
	if err != nil {
		return false
	}
	at, _, errno := syscall.RawSyscall6(syscall.SYS_MMAP, 0, windowSize, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED, uintptr(file.fd), uintptr(file.end))
	if errno != 0 {
		return false
	}
	if file.window != file.header {
		syscall.RawSyscall(syscall.SYS_MUNMAP, file.window, windowSize, 0)
	}
	file.window, file.at = at, 0
	file.end += windowSize
	return true
}

// commit writes the event. An event that has no room is lost, and all later ones are.
//
//go:norace
//go:nocheckptr
func commit() {
	if file.full {
		return
	}
	if file.window == 0 && !open() {
		file.full = true
		return
	}
	words := uintptr(size+7) / 8
	if file.at+8*words+16 > windowSize {
		atomic.Store64((*uint64)(unsafe.Pointer(file.window+file.at)), skip)
		if !mapWindow() {
			file.full = true
			*(*uint64)(unsafe.Pointer(file.header + lostAt)) = 1
			return
		}
	}
	to := file.window + file.at
	for i := size; i < int(8*words); i++ {
		event[i] = 0
	}
	for i := range words {
		word, ok := file.stream.Next()
		for !ok {
			file.stream.Refill()
			word, ok = file.stream.Next()
		}
		*(*uint64)(unsafe.Pointer(to + 8 + 8*i)) = *(*uint64)(unsafe.Pointer(&event[8*i])) ^ word
	}
	atomic.Store64((*uint64)(unsafe.Pointer(to)), uint64(size))
	file.at += 8 + 8*words
}
