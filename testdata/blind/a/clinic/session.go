package clinic

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Request is one call of the clinic's web interface.
type Request struct {
	Doctor string
	Path   string
}

// Server answers requests.
type Server struct {
	store    *Store
	insurers *labels
}

type handler func(ctx context.Context, r Request) (string, error)

func (s *Server) requireLicence(next handler) handler {
	return func(ctx context.Context, r Request) (string, error) {
		d, err := s.store.Doctor(ctx, r.Doctor)
		if err != nil {
			return "", err
		}
		if !d.Licensed {
			return "", errors.New("not licensed")
		}
		return next(ctx, r)
	}
}

func (s *Server) audit(next handler) handler {
	return func(ctx context.Context, r Request) (string, error) {
		d, err := s.store.Doctor(ctx, r.Doctor)
		if err != nil {
			return "", err
		}
		out, err := next(ctx, r)
		return fmt.Sprintf("[%s] %s", d.Name, out), err
	}
}

func (s *Server) greet(ctx context.Context, id string) (string, error) {
	d, err := s.store.Doctor(ctx, id)
	return "Dr. " + d.Name, err
}

func (s *Server) home(ctx context.Context, r Request) (string, error) {
	hello, err := s.greet(ctx, r.Doctor)
	if err != nil {
		return "", err
	}
	me, err := s.store.Doctor(ctx, r.Doctor)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s, department %d", hello, me.Dept), nil
}

// Serve runs the chain of handlers.
func (s *Server) Serve(ctx context.Context, r Request) (string, error) {
	return s.audit(s.requireLicence(s.home))(ctx, r)
}

// labels keeps the names of insurers for the life of the process.
type labels struct {
	store *Store
	mu    sync.Mutex
	names map[string]string
}

func (l *labels) warm(ctx context.Context) error {
	rows, err := l.store.db.QueryContext(ctx, `SELECT code, name FROM insurers`)
	if err != nil {
		return err
	}
	defer rows.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.names = map[string]string{}
	for rows.Next() {
		var code, name string
		if err := rows.Scan(&code, &name); err != nil {
			return err
		}
		l.names[code] = name
	}
	return rows.Err()
}

func (l *labels) get(ctx context.Context, code string) (string, error) {
	l.mu.Lock()
	name, ok := l.names[code]
	l.mu.Unlock()
	if ok {
		return name, nil
	}
	name, err := l.store.InsurerName(ctx, code)
	if err != nil {
		return "", err
	}
	l.mu.Lock()
	l.names[code] = name
	l.mu.Unlock()
	return name, nil
}

// Register lists all patients with the names of their insurers.
func (s *Server) Register(ctx context.Context) ([]string, error) {
	rows, err := s.store.db.QueryContext(ctx, `SELECT id, name, insurer FROM patients ORDER BY name`)
	if err != nil {
		return nil, err
	}
	var all []Patient
	for rows.Next() {
		var p Patient
		if err := rows.Scan(&p.ID, &p.Name, &p.Insurer); err != nil {
			rows.Close()
			return nil, err
		}
		all = append(all, p)
	}
	rows.Close()
	var out []string
	for _, p := range all {
		label := "self-pay"
		if p.Insurer.Valid {
			if label, err = s.insurers.get(ctx, p.Insurer.String); err != nil {
				return nil, err
			}
		}
		out = append(out, p.Name+": "+label)
	}
	return out, rows.Err()
}
