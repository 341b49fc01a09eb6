package pgwire

import "encoding/binary"

// maxNumeric is the number of digits before or after the point up to which a numeric is written as text.
const maxNumeric = 256

// appendNumeric appends the text of a numeric in binary format, as the server prints it. ok is false for one that is not well
// formed, or too long.
//
// A numeric has digits to the base of 10,000. The weight is the power of the first one; scale is the number of decimal digits
// after the point that are printed.
func appendNumeric(dst, b []byte) (text []byte, ok bool) {
	r := reader{b: b}
	n, weight, sign, scale := r.int16(), int(int16(r.int16())), r.int16(), r.int16()
	if r.short || len(r.b) != 2*n || n > maxNumeric/4 || weight > maxNumeric/4 || weight < -maxNumeric/4 || scale > maxNumeric {
		return dst, false
	}
	switch sign {
	case 0x0000:
	case 0x4000:
		dst = append(dst, '-')
	case 0xC000:
		return append(dst, "NaN"...), true
	case 0xD000:
		return append(dst, "Infinity"...), true
	case 0xF000:
		return append(dst, "-Infinity"...), true
	default:
		return dst, false
	}
	digit := func(i int) int { // of the power i
		if at := weight - i; at >= 0 && at < n {
			return int(binary.BigEndian.Uint16(r.b[2*at:]))
		}
		return 0
	}
	if weight < 0 {
		dst = append(dst, '0')
	}
	leading := true
	for i := weight; i >= 0; i-- {
		d := digit(i)
		for _, unit := range [...]int{1000, 100, 10, 1} {
			if c := d / unit % 10; !leading || c != 0 || i == 0 && unit == 1 {
				dst = append(dst, byte('0'+c))
				leading = false
			}
		}
	}
	if scale == 0 {
		return dst, true
	}
	dst = append(dst, '.')
	end := len(dst) + scale
	for i := -1; len(dst) < end; i-- {
		d := digit(i)
		for _, unit := range [...]int{1000, 100, 10, 1} {
			if len(dst) < end {
				dst = append(dst, byte('0'+d/unit%10))
			}
		}
	}
	return dst, true
}
