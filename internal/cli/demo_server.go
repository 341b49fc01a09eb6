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

// A demoServer serves a handler on this machine, with a client for it.
type demoServer struct {
	server *http.Server
	client *http.Client
	url    string
}

// serve serves h on a free port of the loopback interface.
func serve(h http.Handler) (*demoServer, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, withHint(fmt.Errorf("serving the example application: %w", err), "allow connections on 127.0.0.1")
	}
	s := &demoServer{
		server: &http.Server{Handler: h},
		client: &http.Client{Transport: &http.Transport{}}, // without a proxy
		url:    "http://" + listener.Addr().String(),
	}
	go s.server.Serve(listener) // always returns an error, http.ErrServerClosed after close
	return s, nil
}

// request sends r and reads the response to its end. The server ends the response after the handler has returned, and
// with it the scope has ended.
func (s *demoServer) request(ctx context.Context, r app.Request) error {
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

func (s *demoServer) close() error {
	s.client.CloseIdleConnections()
	return s.server.Close()
}
