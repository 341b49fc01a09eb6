package upper

import (
	"net/http"
	"strconv"

	"github.com/upper/db/v4"
)

type Sighting struct {
	ID      int    `db:"id" json:"id"`
	Species string `db:"species" json:"species"`
	Place   string `db:"place" json:"place"`
	Notes   string `db:"notes" json:"notes"`
	Checked bool   `db:"checked" json:"checked"`
}

type sightingPage struct {
	Page      uint       `json:"page"`
	Pages     uint       `json:"pages"`
	Total     uint64     `json:"total"`
	Sightings []Sighting `json:"sightings"`
}

type birdHandler struct{ sess db.Session }

func (h *birdHandler) page(n uint) (p sightingPage, err error) {
	res := h.sess.Collection("sightings").Find(db.Cond{"checked": true}).OrderBy("id").Paginate(20)
	p.Page = n
	if p.Total, err = res.TotalEntries(); err != nil {
		return p, err
	}
	p.Pages = uint((p.Total + 19) / 20)
	err = res.Page(n).All(&p.Sightings)
	return p, err
}

func (h *birdHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.ParseUint(r.FormValue("page"), 10, 32)
	if err != nil {
		n = 1
	}
	p, err := h.page(uint(n))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	writeJSON(w, p)
}
