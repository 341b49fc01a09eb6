package loops

//line page.tmpl:10
func (s store) page(ids []int64) {
	for _, id := range ids {
		s.body(id)
	}
}
