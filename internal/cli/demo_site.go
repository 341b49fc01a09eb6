package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/nplusgone/nplusgone/testdata/app"
)

// A site is a handler that is served on this machine, and a client for it.
type site struct {
	server *http.Server
	client *http.Client
	url    string
}

// serve serves h on a free port that only this machine can reach.
func serve(h http.Handler) (*site, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, withHint(fmt.Errorf("serving the example application: %w", err), "allow connections on 127.0.0.1")
	}
	s := &site{
		server: &http.Server{Handler: h},
		client: &http.Client{Transport: &http.Transport{}}, // no proxy: it is our own machine
		url:    "http://" + listener.Addr().String(),
	}
	go s.server.Serve(listener) // always ends with an error, http.ErrServerClosed after close
	return s, nil
}

// request sends r and reads the answer to its end, which the server sends after the handler, and with it the scope, has
// ended.
func (s *site) request(ctx context.Context, r app.Request) error {
	request, err := http.NewRequestWithContext(ctx, r.Method, s.url+r.Path, strings.NewReader(r.Body))
	if err != nil {
		return err
	}
	response, err := s.client.Do(request)
	if err != nil {
		return fmt.Errorf("requesting %s: %w", r.Path, err)
	}
	body, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return fmt.Errorf("requesting %s: %w", r.Path, err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("requesting %s: %s: %s", r.Path, response.Status, strings.TrimSpace(string(body)))
	}
	return nil
}

func (s *site) close() error {
	s.client.CloseIdleConnections()
	return s.server.Close()
}
