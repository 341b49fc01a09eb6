package storefront

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
)

var rated = template.Must(template.New("rated").Funcs(template.FuncMap{
	"stars": func(*Product) (string, error) { return "", nil },
}).Parse(`{{range .}}<p>{{.Name}} {{stars .}}</p>{{end}}`))

var pages = template.Must(template.New("").Parse(`
{{define "brands"}}<ul>{{range .}}<li>{{.Name}} by {{.Brand}}</li>{{end}}</ul>{{end}}
{{define "reviews"}}{{range .Products}}<tr><td>{{.Name}}</td><td>{{.ReviewCount}}</td></tr>{{end}}{{end}}
{{define "stock"}}{{range .}}<p>{{.Name}}: {{with .Stock}}{{.}}{{else}}sold out{{end}}</p>{{end}}{{end}}
{{define "product"}}<h1>{{.Name}}</h1><p>{{.Brand}}</p><p>More by {{.Brand}}</p><footer>{{.Brand}}</footer>{{.ReviewCount}}{{end}}
{{define "menu"}}<li>{{.Name}}{{with .Children}}<ul>{{range .}}{{template "menu" .}}{{end}}</ul>{{end}}</li>{{end}}
{{define "trail"}}{{range .}}{{.}} / {{end}}{{end}}
{{define "home"}}{{.Top}} {{.Products}} products, {{.Reviews}} reviews, {{.Brands}} brands{{end}}
`))

func (s *shop) routes() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, fn func(http.ResponseWriter, *http.Request) error) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if err := fn(w, r); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
		})
	}
	handle("GET /brands", s.showBrands)
	handle("GET /reviews", s.showReviews)
	handle("GET /rated", s.showRated)
	handle("GET /stock", s.showStock)
	handle("GET /products/{id}", s.showProduct)
	handle("GET /menu", s.showMenu)
	handle("GET /trail/{id}", s.showTrail)
	handle("GET /path/{id}", s.showPath)
	handle("GET /page", s.showPage)
	handle("GET /{$}", s.showHome)
	handle("GET /api/products", s.listJSON)
	handle("GET /api/names", s.namesJSON)
	handle("GET /switches", s.showSwitches)
	mux.Handle("GET /account", s.signedIn(http.HandlerFunc(s.showAccount)))
	return mux
}

func (s *shop) showBrands(w http.ResponseWriter, r *http.Request) error {
	list, err := s.list(r.Context(), 20, 0)
	if err != nil {
		return err
	}
	return pages.ExecuteTemplate(w, "brands", list) // want loop: n-plus-one
}

func (s *shop) showReviews(w http.ResponseWriter, r *http.Request) error {
	list, err := s.list(r.Context(), 15, 5)
	if err != nil {
		return err
	}
	data := map[string]any{"Products": list}
	return pages.ExecuteTemplate(w, "reviews", data) // want loop: n-plus-one
}

func (s *shop) showRated(w http.ResponseWriter, r *http.Request) error {
	list, err := s.list(r.Context(), 12, 0)
	if err != nil {
		return err
	}
	view, err := rated.Clone()
	if err != nil {
		return err
	}
	view.Funcs(template.FuncMap{"stars": func(p *Product) (string, error) { return s.stars(r.Context(), p.ID) }})
	return view.Execute(w, list) // want loop: n-plus-one
}

func (s *shop) stars(ctx context.Context, id int64) (string, error) {
	var avg float64
	err := s.db.QueryRowContext(ctx, `SELECT coalesce(avg(stars), 0)::float8 FROM reviews WHERE product_id = $1`, id).Scan(&avg) // also loop: n-plus-one
	return fmt.Sprintf("%.1f", avg), err
}

func (s *shop) showStock(w http.ResponseWriter, r *http.Request) error {
	list, err := s.list(r.Context(), 24, 0)
	if err != nil {
		return err
	}
	return pages.ExecuteTemplate(w, "stock", list)
}

func (s *shop) showProduct(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return err
	}
	p, err := s.product(r.Context(), id)
	if err != nil {
		return err
	}
	return pages.ExecuteTemplate(w, "product", p)
}

func (s *shop) showMenu(w http.ResponseWriter, r *http.Request) error {
	top := &Category{ID: 1, Name: "Shop"}
	if err := s.menu(r.Context(), top); err != nil {
		return err
	}
	return pages.ExecuteTemplate(w, "menu", top)
}

func (s *shop) showTrail(w http.ResponseWriter, r *http.Request) error {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	names, err := s.trail(r.Context(), id)
	if err != nil {
		return err
	}
	return pages.ExecuteTemplate(w, "trail", names)
}

func (s *shop) showPath(w http.ResponseWriter, r *http.Request) error {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	names, err := s.path(r.Context(), id)
	if err != nil {
		return err
	}
	return pages.ExecuteTemplate(w, "trail", names)
}

func (s *shop) showPage(w http.ResponseWriter, r *http.Request) error {
	n, _ := strconv.Atoi(r.FormValue("n"))
	var total int
	if err := s.db.QueryRowContext(r.Context(), `SELECT count(*) FROM products`).Scan(&total); err != nil {
		return err
	}
	list, err := s.list(r.Context(), 10, 10*n)
	if err != nil {
		return err
	}
	for _, p := range list {
		fmt.Fprintf(w, "%s %d.%02d\n", p.Name, p.Cents/100, p.Cents%100)
	}
	_, err = fmt.Fprintf(w, "%d of %d\n", len(list), total)
	return err
}

func (s *shop) showHome(w http.ResponseWriter, r *http.Request) error {
	var v struct {
		Top                       string
		Products, Reviews, Brands int
	}
	for _, part := range []struct {
		query string
		into  any
	}{
		{`SELECT body FROM banners WHERE slot = 'top'`, &v.Top},
		{`SELECT count(*) FROM products`, &v.Products},
		{`SELECT count(*) FROM reviews`, &v.Reviews},
		{`SELECT count(*) FROM brands`, &v.Brands},
	} {
		if err := s.db.QueryRowContext(r.Context(), part.query).Scan(part.into); err != nil {
			return err
		}
	}
	return pages.ExecuteTemplate(w, "home", v)
}

func (s *shop) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := s.userByToken(r.Context(), r.Header.Get("X-Token")); err != nil {
			http.Error(w, "who are you?", http.StatusInternalServerError)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *shop) showAccount(w http.ResponseWriter, r *http.Request) {
	u, err := s.userByToken(r.Context(), r.Header.Get("X-Token"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprintf(w, "<h1>%s</h1>%s", template.HTMLEscapeString(u.Name), s.footer(r))
}

func (s *shop) footer(r *http.Request) string {
	u, err := s.userByToken(r.Context(), r.Header.Get("X-Token"))
	if err != nil || !u.Admin {
		return ""
	}
	return "<a href=/admin>Admin</a> prices in " + u.Currency
}
