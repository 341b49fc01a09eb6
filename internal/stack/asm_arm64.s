//go:build (linux || darwin || windows) && !purego

#include "textflag.h"

// func g() uintptr
TEXT ·g(SB), NOSPLIT|NOFRAME, $0-8
	MOVD g, ret+0(FP)
	RET

// func word(offset uintptr) uint64
TEXT ·word(SB), NOSPLIT|NOFRAME, $0-16
	MOVD offset+0(FP), R0
	ADD  g, R0
	MOVD (R0), R0
	MOVD R0, ret+8(FP)
	RET

// func walk(limit int) (hash uint64, frames int)
//
// Go keeps frame pointers on arm64: R29 points to the caller's R29, and the return address is above it. See asm_amd64.s.
TEXT ·walk(SB), NOSPLIT|NOFRAME, $0-24
	MOVD 0(g), R9           // stack.lo
	MOVD 8(g), R10          // stack.hi
	SUB  $16, R10           // room for a frame's two words
	MOVD limit+0(FP), R11
	MOVD R29, R1
	MOVD $0x2545f4914f6cdd1d, R0
	MOVD $0x9e3779b97f4a7c15, R8
	MOVD $0, R2

next:
	CMP  R11, R2
	BGE  done
	CMP  R9, R1
	BLO  done
	CMP  R10, R1
	BHI  done
	MOVD 8(R1), R3          // return address
	CBZ  R3, done
	EOR  R3, R0
	MUL  R8, R0
	ADD  $1, R2
	MOVD (R1), R3           // the caller's frame
	CMP  R1, R3
	BLS  done               // frames lie further out, or the chain has ended
	MOVD R3, R1
	B    next

done:
	MOVD R0, hash+8(FP)
	MOVD R2, frames+16(FP)
	RET
