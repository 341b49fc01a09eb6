package pgwire

// Params are the parameters of an execution.
type Params struct {
	formats formats
	values  []Param
	whole   bool
}

// A Param is one parameter.
type Param struct {
	Type   uint32 // the number of its type; 0 if it is not known
	Binary bool
	Null   bool
	Bytes  []byte
	Known  bool // it was read
}

// Len returns the number of parameters that were read.
func (p *Params) Len() int { return len(p.values) }

// At returns a parameter.
func (p *Params) At(i int) Param { return p.values[i] }

func (p *Params) read(r *reader, st *statement) {
	p.formats.read(r)
	p.values = p.values[:0]
	n := r.int16()
	for i := range n {
		b, null := r.value()
		if i >= maxParameters {
			continue
		}
		v := Param{Binary: p.formats.binary(i), Null: null, Bytes: b, Known: !r.short && i < maxColumns}
		if st != nil && i < len(st.params) {
			v.Type = st.params[i]
		}
		p.values = append(p.values, v)
	}
}

// Temporal reports whether the parameter is a date or a time.
func (p Param) Temporal() bool {
	return p.Type == typeDate || p.Type == typeTimestamp || p.Type == typeTimestamptz
}

// maxElements is the number of elements of an array that are read.
const maxElements = 4096

// Elements returns the elements of an array in binary format, which has one dimension; ok is false for other parameters.
func (p Param) Elements() (elements []Param, ok bool) {
	r := reader{b: p.Bytes}
	if !p.Binary || !arrays[p.Type] {
		return nil, false
	}
	dimensions, _, element := r.int32(), r.int32(), r.int32()
	if dimensions == 0 && !r.short {
		return nil, true
	}
	n, _ := r.int32(), r.int32()
	if r.short || dimensions != 1 || n > maxElements {
		return nil, false
	}
	for range n {
		e := Param{Type: element, Binary: true, Known: true}
		e.Bytes, e.Null = r.value()
		elements = append(elements, e)
	}
	return elements, !r.short
}

// arrays are the numbers of the types of arrays whose elements are read.
var arrays = map[uint32]bool{
	1000: true, 1001: true, 1003: true, 1005: true, 1007: true, 1009: true, 1014: true, 1015: true, 1016: true, 1021: true, 1022: true,
	1028: true, 1115: true, 1182: true, 1185: true, 1231: true, 2951: true,
}
