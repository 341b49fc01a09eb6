package upper

import (
	"net/http"
	"strconv"

	"github.com/upper/db/v4"
)

type Flat struct {
	ID      int    `db:"id"`
	City    string `db:"city"`
	Street  string `db:"street"`
	Rooms   int    `db:"rooms"`
	RentEUR int    `db:"rent_eur"`
}

type flatSearch struct{ sess db.Session }

func (f *flatSearch) inCity(city string) ([]Flat, error) {
	var flats []Flat
	q := f.sess.SQL().SelectFrom("flats").Where("city = ?", city)
	if err := q.All(&flats); err != nil { // want: filter-in-app
		return nil, err
	}
	return flats, nil
}

func affordable(flats []Flat, rent, rooms int) []Flat {
	var out []Flat
	for _, f := range flats {
		if f.RentEUR > rent {
			continue
		}
		if f.Rooms < rooms {
			continue
		}
		out = append(out, f)
	}
	return out
}

func (f *flatSearch) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	rent, _ := strconv.Atoi(q.Get("rent"))
	rooms, _ := strconv.Atoi(q.Get("rooms"))
	flats, err := f.inCity(q.Get("city"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	writeJSON(w, affordable(flats, rent, rooms))
}
