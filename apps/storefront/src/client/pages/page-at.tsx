import type { ReactNode } from 'react';
import { categories } from '../../catalogue/product.js';
import type { Place } from '../router.js';
import type { Catalogue } from '../shop/catalogue.js';
import { Notice } from '../shop/notice.js';
import { CartPage } from './cart-page.js';
import { CategoryPage } from './category-page.js';
import { CheckoutPage } from './checkout-page.js';
import { ConfirmationPage } from './confirmation-page.js';
import { HomePage } from './home-page.js';
import { ProductPage } from './product-page.js';
import { SearchPage } from './search-page.js';
import { SignInPage } from './sign-in-page.js';

interface Page {
  title: string;
  content: ReactNode;
}

/** The page at a place of the shop. */
export function pageAt({ path, query, visit }: Place, catalogue: Catalogue): Page {
  const [, section = '', key = ''] = path.split('/');
  switch (section) {
    case '':
      return { title: 'Home', content: <HomePage /> };
    case 'c': {
      const category = categories.find((name) => name === key);
      if (!category) break;
      return { title: capital(category), content: <CategoryPage category={category} /> };
    }
    case 'p': {
      const product = catalogue.find(key);
      if (!product) break;
      return {
        title: product.name,
        content: <ProductPage key={`${product.id}/${visit}`} product={product} />,
      };
    }
    case 'search': {
      const q = query.get('q') ?? '';
      return { title: 'Search', content: <SearchPage key={visit} q={q} /> };
    }
    case 'cart':
      return { title: 'Cart', content: <CartPage /> };
    case 'checkout':
      return { title: 'Checkout', content: <CheckoutPage /> };
    case 'sign-in':
      return { title: 'Sign in', content: <SignInPage /> };
    case 'orders':
      return { title: 'Thank you', content: <ConfirmationPage orderId={decodeURIComponent(key)} /> };
  }
  return {
    title: 'Not found',
    content: (
      <Notice
        title="Nothing on this shelf"
        detail="The page has moved, or never was."
        action={{ label: 'To the shop', to: '/' }}
      />
    ),
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
