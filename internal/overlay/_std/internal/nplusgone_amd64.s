//go:build linux

#include "textflag.h"

// func g() uintptr
TEXT ·g(SB), NOSPLIT|NOFRAME, $0-8
	MOVQ TLS, AX
	MOVQ 0(AX)(TLS*1), AX
	MOVQ AX, ret+0(FP)
	RET

// func word(offset uintptr) uint64
TEXT ·word(SB), NOSPLIT|NOFRAME, $0-16
	MOVQ TLS, AX
	MOVQ 0(AX)(TLS*1), AX
	ADDQ offset+0(FP), AX
	MOVQ (AX), AX
	MOVQ AX, ret+8(FP)
	RET

// func walk(limit int) (hash uint64, frames int)
//
// Go keeps frame pointers on amd64: BP points to the caller's BP, and the return address is above it. Each frame pointer is
// checked against the bounds of the goroutine's stack, the first two words of its descriptor: a callback from C leaves
// arbitrary values in BP.
TEXT ·walk(SB), NOSPLIT|NOFRAME, $0-24
	MOVQ TLS, DI
	MOVQ 0(DI)(TLS*1), DI
	MOVQ 0(DI), R9          // stack.lo
	MOVQ 8(DI), R10         // stack.hi
	SUBQ $16, R10           // room for a frame's two words
	MOVQ limit+0(FP), R11
	MOVQ BP, BX
	MOVQ $0x2545f4914f6cdd1d, AX
	MOVQ $0x9e3779b97f4a7c15, R8
	XORQ CX, CX

next:
	CMPQ CX, R11
	JGE  done
	CMPQ BX, R9
	JCS  done
	CMPQ BX, R10
	JHI  done
	MOVQ 8(BX), DX          // return address
	TESTQ DX, DX
	JZ   done
	XORQ DX, AX
	IMULQ R8, AX
	INCQ CX
	MOVQ (BX), DX           // the caller's frame
	CMPQ DX, BX
	JLS  done               // frames lie further out, or the chain has ended
	MOVQ DX, BX
	JMP  next

done:
	MOVQ AX, hash+8(FP)
	MOVQ CX, frames+16(FP)
	RET
