package app

import (
	"fmt"
	"net/http"
)

// viewer loads the person who makes a request. The example has no passwords: the parameter "as" says
// who it is.
func (s *service) viewer(r *http.Request) (Person, error) {
	id, err := queryID(r, "as")
	if err != nil {
		return Person{}, err
	}
	person, err := s.store.Person(r.Context(), id)
	if err != nil {
		return Person{}, err
	}
	if person.Suspended {
		return Person{}, fmt.Errorf("%w: %s is suspended", errForbidden, person.Name)
	}
	return person, nil
}

// authenticate checks who makes a request, and keeps only the id.
func (s *service) authenticate(r *http.Request) (int64, error) {
	person, err := s.viewer(r)
	if err != nil {
		return 0, err
	}
	return person.ID, nil
}
