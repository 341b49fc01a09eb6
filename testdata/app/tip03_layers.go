package app

import "net/http"

type account struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	Posts int    `json:"posts"`
}

// Tip 3: know what is cached. The sign-in loads the person and keeps the id alone; database/sql keeps
// no rows between two calls, so the page sends the same query again.
func (s *service) badAccount(w http.ResponseWriter, r *http.Request) error {
	id, err := s.authenticate(r)
	if err != nil {
		return err
	}
	person, err := s.store.Person(r.Context(), id)
	if err != nil {
		return err
	}
	posts, err := s.store.PostCount(r.Context(), person.ID)
	if err != nil {
		return err
	}
	return writeJSON(w, account{person.Name, person.Email, posts})
}

// The person that the sign-in has loaded is the one that the page shows.
func (s *service) goodAccount(w http.ResponseWriter, r *http.Request) error {
	person, err := s.viewer(r)
	if err != nil {
		return err
	}
	posts, err := s.store.PostCount(r.Context(), person.ID)
	if err != nil {
		return err
	}
	return writeJSON(w, account{person.Name, person.Email, posts})
}
