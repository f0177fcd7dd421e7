import { useEffect, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { categories } from '../../catalogue/product.js';
import { Link, useRouter } from '../router.js';
import { useAccount } from './account.js';
import { useCart } from './cart.js';
import { useUsedOffers } from './used-offers.js';

export function Header(): ReactNode {
  const { place } = useRouter();
  const { count } = useCart();
  return (
    <header className="header">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <div className="header-inner">
        <Link to="/" className="wordmark" aria-label="Fieldnote Coffee, home" data-testid="home-link">
          <img src="/shop/art/mark.svg" alt="" width="34" height="34" />
          <span>Fieldnote</span>
        </Link>
        <nav aria-label="Categories">
          {categories.map((category) => (
            <Link
              key={category}
              to={`/c/${category}`}
              aria-current={place.path === `/c/${category}` ? 'page' : undefined}
              data-testid={`nav-${category}`}
            >
              {category}
            </Link>
          ))}
        </nav>
        <Search />
        <AccountMenu />
        <Link
          to="/cart"
          className="cart-link"
          aria-label={`Cart, ${count} ${count === 1 ? 'piece' : 'pieces'}`}
          data-testid="cart-link"
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M5 8h14l-1.2 11.5H6.2L5 8Zm3.5 0a3.5 3.5 0 0 1 7 0" />
          </svg>
          <span className="cart-count" data-testid="cart-count" data-empty={count === 0}>
            {count}
          </span>
        </Link>
      </div>
    </header>
  );
}

function Search(): ReactNode {
  const { place, go } = useRouter();
  const asked = place.path === '/search' ? (place.query.get('q') ?? '') : '';
  const [text, setText] = useState(asked);
  useEffect(() => setText(asked), [asked]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim()) go(`/search?q=${encodeURIComponent(text.trim())}`);
  };
  return (
    <form className="search" role="search" onSubmit={submit}>
      <label className="visually-hidden" htmlFor="search">
        Search the shop
      </label>
      <input
        id="search"
        type="search"
        placeholder="Search"
        maxLength={80}
        value={text}
        onChange={(event) => setText(event.target.value)}
        data-testid="search"
      />
    </form>
  );
}

function AccountMenu(): ReactNode {
  const { user, signOut } = useAccount();
  const { startOver } = useCart();
  const { clear } = useUsedOffers();
  const { go } = useRouter();
  if (!user)
    return (
      <Link to="/sign-in" className="text-link" data-testid="sign-in-link">
        Sign in
      </Link>
    );
  const leave = async (): Promise<void> => {
    await signOut();
    startOver();
    clear();
    go('/');
  };
  return (
    <div className="account">
      <span data-testid="account-name" title={user.email}>
        {user.name}
      </span>
      <button type="button" className="text-link" onClick={() => void leave()} data-testid="sign-out">
        Sign out
      </button>
    </div>
  );
}
