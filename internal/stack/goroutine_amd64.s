//go:build linux

#include "textflag.h"

// func g() uintptr
TEXT ·g(SB), NOSPLIT|NOFRAME, $0-8
	MOVQ (TLS), AX
	MOVQ AX, ret+0(FP)
	RET
