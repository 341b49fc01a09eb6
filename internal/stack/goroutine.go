package stack

// Goroutine returns a number that distinguishes the calling goroutine from all others that exist at the same time; a later
// goroutine may have the same one. It is 0 on a platform where the number is not known without cost.
func Goroutine() uint32 {
	p := uint64(g())
	return uint32(p>>5) ^ uint32(p>>37) // descriptors are at least 32 bytes apart
}
